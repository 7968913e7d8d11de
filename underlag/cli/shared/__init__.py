"""Code that commands share: options, input, output, and Swedish for click."""
