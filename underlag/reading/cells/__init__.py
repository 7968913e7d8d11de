"""From cells to fields: each value tidied, cells that hold several values split, values carried down."""
