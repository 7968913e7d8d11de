"""The field's values: HSA-ID, organisation number, anropsadress, service contract, and their cleaning.

Nothing here knows of workbooks. Each `parse_…` takes cleaned text and returns a small immutable value, or a
Refusal that says why not; none raises for any text.
"""

from underlag.values.refusal import Refusal

__all__ = ["Refusal"]
