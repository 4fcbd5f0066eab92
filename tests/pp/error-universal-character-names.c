// exit: 1
// err~: incomplete universal character name \u12
// err~: incomplete universal character name \U0011
// err~: \ud800 is not a valid universal character
// out: \u12 a\U0011 í €
\u12 a\U0011 \ud800
