"""Many workbooks at once: a package each, and what they are together.

`underlag.batch.run.run_batch` is the whole of it; it finds, remembers, shares out the work, and merges.
"""
