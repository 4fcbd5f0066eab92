// exit: 1
// err~: pasting "." and "." does not give a valid preprocessing token
// out: ab a1 1a 12 .5 1.e L"s" u8"s" L'c' ++ <<= <<= ->
// out: %:%: && 1e+ . .
#define c(a, b) a ## b
c(a, b) c(a, 1) c(1, a) c(1, 2) c(., 5) c(1., e) c(L, "s") c(u8, "s") c(L, 'c') c(+, +) c(<, <=) c(<<, =) c(-, >)
c(%:, %:) c(&, &) c(1e, +) c(., .)
