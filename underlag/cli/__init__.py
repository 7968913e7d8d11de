"""The command line in Swedish: a thin layer over the public functions."""

from underlag.gc_pause import garbage_collection_paused

with garbage_collection_paused():  # an import makes much and throws nothing away
    from underlag.cli.shared.swedish import speak_swedish

# Before any command is created: click then looks up some of its texts, and keeps them.
speak_swedish()
