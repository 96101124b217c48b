"""The served connection reaches nothing but its own file, whatever SQL it is given: an attacker's list, tried one by one."""

import duckdb
import pandas as pd
import pytest

from dashboard.warehouse import open_version


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("version")
    connection = duckdb.connect(str(made / "v1.duckdb"))
    connection.execute("create table about as select 'version' as key, 'v1' as value")
    connection.close()
    (made / "secret.csv").write_text("name\nAnn\n", encoding="utf-8")
    (made / "secret.json").write_text('[{"name": "Ann"}]', encoding="utf-8")
    other = duckdb.connect(str(made / "other.duckdb"))
    other.execute("create table people as select 'Ann' as name")
    other.close()
    return made


ATTACKS = (
    "copy about to '{folder}/out.csv'",
    "copy (select 1) to '{folder}/out.parquet' (format parquet)",
    "export database '{folder}/out'",
    "attach '{folder}/other.duckdb' as other",
    "attach ':memory:' as other; copy from database v1 to other; attach '{folder}/new.duckdb' as new",
    "select * from read_csv('{folder}/secret.csv')",
    "select * from read_csv('/etc/passwd', delim = ':', header = false)",
    "select * from '{folder}/secret.csv'",
    "select * from read_json('{folder}/secret.json')",
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('/etc/passwd')",
    "select * from glob('/etc/*')",
    "select * from read_csv('http://127.0.0.1:1/x.csv')",
    "install httpfs",
    "install httpfs from community",
    "load httpfs",
    "load '{folder}/bad.duckdb_extension'",
    "select * from held_in_python",
    "set enable_external_access = true",
    "set python_enable_replacements = true",
    "set autoinstall_known_extensions = true",
    "set lock_configuration = false",
    "reset lock_configuration",
    "set memory_limit = '1TB'",
    "set temp_directory = '/tmp'",
    "set allowed_directories = ['/etc']",
    "set log_query_path = '{folder}/log.txt'",
    "pragma enable_profiling = 'json'; pragma profiling_output = '{folder}/profile.json'",
    "create persistent secret (type s3, key_id 'x', secret 'y')",
    "select * from sniff_csv('/etc/passwd')",
    "select * from read_parquet('{folder}/secret.parquet')",
    "select * from duckdb_secrets() where getenv('HOME') = ''",
    "select * from sqlite_scan('/etc/passwd', 'x')",
    "select * from query('select * from read_text(''/etc/passwd'')')",
    "select * from query_table('/etc/passwd')",
    "execute immediate 'select 1'",
    "copy about from '/etc/passwd'",
    "import database '{folder}'",
    "use other",
    "detach v1",
    "checkpoint v1; create or replace view about as select 1; vacuum into '{folder}/copy.duckdb'",
    "set global threads = 64",
    "set session max_temp_directory_size = '1TB'",
    "set extension_directory = '{folder}'",
    "set custom_extension_repository = 'http://127.0.0.1:1'",
    "set allow_unsigned_extensions = true",
    "set allow_community_extensions = true",
    "set home_directory = '{folder}'",
    "set file_search_path = '/etc'",
    "set disabled_filesystems = ''",
    "pragma memory_limit = '1TB'",
    "pragma database_list; pragma enable_logging; call enable_logging(storage = 'file', storage_path = '{folder}')",
    "call pragma_export('{folder}')",
    "create temp macro f() as table select * from read_text('/etc/passwd'); from f()",
    "prepare p as select * from read_text($1); execute p('/etc/passwd')",
    "create table mine as select 1",
    "insert into about values ('version', 'v2')",
    "delete from about",
    "update about set value = 'v2'",
    "drop table about",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_statement_that_reaches_out_or_writes_is_refused_and_leaves_no_file(folder, attack):
    held_in_python = pd.DataFrame({"name": ["Ann"]})
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    connection = open_version(folder / "v1.duckdb")
    try:
        with pytest.raises(duckdb.Error):
            for statement in attack.format(folder=folder).split("; "):
                connection.cursor().execute(statement).fetchall()
    finally:
        connection.close()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert len(held_in_python) == 1


def test_memory_threads_and_what_is_put_on_disk_have_a_limit(folder):
    connection = open_version(folder / "v1.duckdb")
    names = ("memory_limit", "threads", "max_temp_directory_size", "enable_external_access", "lock_configuration")
    limits = {name: connection.execute("select current_setting(?)", [name]).fetchone()[0] for name in names}
    connection.close()
    assert limits["memory_limit"].endswith("GiB") and int(limits["threads"]) == 2
    assert limits["max_temp_directory_size"].endswith("GiB")
    assert limits["enable_external_access"] is False and limits["lock_configuration"] is True
