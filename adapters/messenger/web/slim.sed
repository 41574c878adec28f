# What the build takes out of web files before it compresses them: indentation, blank lines and comments
# that stand on lines of their own or end a line. Nothing else changes, so errors still name real code.
s/^[[:space:]]*//
/^\/\*.*\*\/$/d
/^\/\*/,/\*\/$/d
s/  *\/\*[^*]*\*\/$//
/^$/d
