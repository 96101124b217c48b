// A certified OpenID provider for the tests, on this machine only. Whoever types a name is signed in under it: nobody real.
// node provider.mjs MODULES PORT CALLBACK: where oidc-provider is, where to listen, whom to send back to. A sign-in lasts two hours, and
// a quarter of a minute for whoever is called brief.
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [modules, port, callback] = process.argv.slice(2);
const main = pathToFileURL(join(modules, "node_modules", "oidc-provider", "lib", "index.js"));
const { default: Provider } = await import(main);

const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [
        {
            client_id: "dashboard",
            client_secret: "a-secret-of-the-tests-alone",
            redirect_uris: [callback],
            post_logout_redirect_uris: [callback],
        },
    ],
    cookies: { keys: ["a-key-of-the-tests-alone"] },
    claims: { openid: ["sub"], profile: ["name"], email: ["email"] },
    conformIdTokenClaims: false,
    ttl: { IdToken: (context) => (context.oidc.account?.accountId === "brief" ? 15 : 7200), AccessToken: 600, Grant: 3600, Interaction: 3600, Session: 3600 },
    findAccount: (_, name) => ({
        accountId: name,
        // claims that would open everything, were a claim enough
        claims: () => ({ sub: name, name, email: `${name}@example.test`, role: "national_reviewer", organisation: "RTH" }),
    }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
