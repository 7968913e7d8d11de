"""underlag.html: the whole program as one file for any browser, built from pinned parts."""

from underlag.web_file.build import build_web_file
from underlag.web_file.fetch import BuildError

__all__ = ["BuildError", "build_web_file"]
