"""`python -m livingmanual` is the `manual` command, for where the command itself is not on the path."""

import sys

from livingmanual.cli.main import main

sys.exit(main())
