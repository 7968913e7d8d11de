"""The pass over .xlsx and .xlsm (ECMA-376 part 1, SpreadsheetML)."""
