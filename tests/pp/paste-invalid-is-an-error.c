// exit: 1
// err~: pasting "+" and "x" does not give a valid preprocessing token
// err~: pasting "/" and "/" does not
// err~: pasting ""a"" and ""b"" does not
// out: + x / / "a" "b"
#define c(a,b) a ## b
c(+, x) c(/, /) c("a", "b")
