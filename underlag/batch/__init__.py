"""Many workbooks at once: a package for each, and loads, replies and a summary for all.

`underlag.batch.run.run_batch` is the whole of it; it finds, remembers, shares out the work, and merges.
"""
