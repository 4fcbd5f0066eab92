# Branches to undefined symbols with and without an addend.
jmp foo+4
call foo+4
jmp foo-4
je foo+1
call foo
jmp foo
call foo@PLT+4
