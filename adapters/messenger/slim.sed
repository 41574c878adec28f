# What the build takes out of the messenger's scripts and styles before it compresses them: indentation,
# blank lines, comments that stand on lines of their own or end a line, and spaces beside operators, commas
# and brackets. So no string in those files may hold such a space.
s/^[[:space:]]*//
/^\/\*.*\*\/$/d
/^\/\*/,/\*\/$/d
s/  *\/\*[^*]*\*\/$//
/^$/d
s/ \(=>\|===\|!==\|&&\|||\|[=?:]\) /\1/g
s/\([;:,{(]\) /\1/g
s/ \([{}]\)$/\1/
s/ }/}/g
