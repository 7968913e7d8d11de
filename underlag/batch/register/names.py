"""The name of the register."""

from typing import Final

#: Its file in the output folder, unless another is named.
REGISTER: Final = "register.sqlite"
