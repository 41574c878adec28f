# The triage agent, live: answers from knowledge, asks, hands over, falls silent.

story "asking for a person by button hands over in one sentence, once"
client acme triage live hours always
technician Sara
requester ana of acme
ana says "My laptop makes a strange noise"               -> ticket 1
ticket 1 handler ai
ana asks for a person                                    -> ok
ticket 1 handler none reason human_asked
ana asks for a person                                    -> ok
log 1 has handoff times 1

story "asking for a person in words"
client acme triage live hours always
requester ana of acme
ana says "I want to speak to a human please!"            -> ticket 1
ticket 1 handler none reason human_asked status open
log 1 has note

story "after the handoff the assistant is silent until it gets the ticket back"
client acme triage live hours always
technician Sara
requester ana of acme
ana says "let me talk to a person"                       -> ticket 1
log 1 has decision times 1
ana says "hello?"
ana says "my printer is offline"
log 1 has decision times 1
Sara claims 1
Sara gives 1                                             -> ok
ticket 1 handler ai assignee nobody status open
ana says "my printer is offline"
log 1 has decision times 2

story "a technician who replies silences the assistant"
client acme triage live hours always
technician Sara
requester ana of acme
ana says "My laptop makes a strange noise"               -> ticket 1
ticket 1 handler ai
Sara replies 1 "I am on it"                              -> ok
ticket 1 handler human assignee Sara
ana says "great, and the mouse is broken"
log 1 has decision times 1

story "a system that is down is P1 and goes to people"
client acme triage live hours always
requester ana of acme
ana says "The whole office is down, nobody can work"     -> ticket 1
ticket 1 handler none reason panic priority P1

story "slow down is no panic"
client acme triage live hours always
requester ana of acme
ana says "How do I slow down the mouse pointer?"         -> ticket 1
ticket 1 handler ai

story "an angry requester goes to people"
client acme triage live hours always
requester ana of acme
ana says "This is absolutely unacceptable, the worst service ever, I am furious!!!" -> ticket 1
ticket 1 handler none reason anger priority P2 alert yes

story "an answer names its article, a yes resolves"
client acme triage live hours always
article "Printer offline" "If your printer shows offline, switch it off, wait ten seconds, switch it on again and check that the network cable is plugged in."
requester ana of acme
ana says "my printer shows offline, what should I do?"   -> ticket 1
ana sees "wait ten seconds"
ana says "thanks, that works now"
ticket 1 status resolved outcome resolved_ai

story "two answers that do not help go to people"
client acme triage live hours always
article "Printer offline" "If your printer shows offline, switch it off, wait ten seconds, switch it on again and check that the network cable is plugged in."
requester ana of acme
ana says "my printer shows offline, what should I do?"   -> ticket 1
ana says "that did not help"
ana says "no, still not working"
ana says "no"
ana says "no"
ticket 1 handler none

story "shadow: people see what it would say, the requester sees nothing"
client acme triage shadow hours always
technician Sara
requester ana of acme
ana says "I want to speak to a human"                    -> ticket 1
ticket 1 handler none
log 1 has shadow
never ana sees "person"

story "draft: a technician sends it"
client acme triage draft hours always
technician Sara
requester ana of acme
ana says "My laptop makes a strange noise"               -> ticket 1
log 1 has draft
Sara claims 1
Sara sends 1                                             -> ok
ticket 1 draft none status waiting_customer
log 1 has draft_sent
Sara sends 1                                             -> stale

story "a crash between message and answer: the answer comes after the restart"
client acme triage live hours always
requester ana of acme
ana says "My laptop makes a strange noise"               -> ticket 1
crash
log 1 has decision times 1
