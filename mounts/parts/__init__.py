"""One file per part family. Importing `mounts.registry` registers them all."""
