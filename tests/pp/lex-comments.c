// out: a b c
// out: d "/* no */" '//' e f
a/**/b /* // */ c // /* x
d "/* no */" '//' /***/ e /*/ */ f
