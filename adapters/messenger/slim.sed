# What the build takes out of the messenger's web files before it compresses them: indentation, blank lines,
# comments that stand on lines of their own or end a line, and spaces around operators. So no string in
# those files may hold an operator between spaces.
s/^[[:space:]]*//
/^\/\*.*\*\/$/d
/^\/\*/,/\*\/$/d
s/  *\/\*[^*]*\*\/$//
/^$/d
s/ \(=>\|===\|!==\|&&\|||\|[=?:]\) /\1/g
s/\([;:]\) /\1/g
s/ {$/{/
