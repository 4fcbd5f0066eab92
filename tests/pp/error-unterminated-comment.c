// exit: 1
// err~: unterminated comment
// out: a
a /* b
c
