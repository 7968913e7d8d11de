"""The field's values: HSA-ID, organisation number, anropsadress, service contract, and their cleaning.

Values are independent of workbooks. Each `parse_…` takes cleaned text and returns an immutable value or a
Refusal with the reason; none raises an exception for any text.
"""

from underlag.values.refusal import Refusal

__all__ = ["Refusal"]
