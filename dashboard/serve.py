"""What is served: the dashboard, with the headers and the guard of `dashboard/headers.py` around every answer."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.headers import Headers

app = st.App(Path(__file__).parent.parent / "app.py", middleware=[Middleware(Headers)])
