# run: cd %t; printf 'nop\nfoo\n' >a.s; printf '\n movl $X, 4; bar\n' >b.s; %idem as -defsym X=3 a.s b.s
# exit: 1
# err: a.s:2:1: error: no instruction 'foo'
# err:  foo
# err:  ^
# err: b.s:2:14: error: no instruction 'bar'
# err:   movl $X, 4; bar
# err:               ^
