// exit: 1
// err~: _Pragma takes a parenthesized string literal
_Pragma(3) _Pragma after
