# The reminder agent: at most five, never twice, any word cancels, a person decides.

settings "reminders: { mode = \"interval\"; };"
