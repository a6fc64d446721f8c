"""What runs inside the system's Python, which has UNO: it drives one LibreOffice and answers requests.

The tests' own Python has no UNO, so `tests.support.libreoffice` starts `python3 -m tests.support.office` and talks to
it in lines of JSON. Nothing here may import what only the test environment has.
"""
