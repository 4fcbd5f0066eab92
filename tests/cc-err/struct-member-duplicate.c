// exit: 1
// err: struct-member-duplicate.c:8:31: error: duplicate member 'a'
// err:  struct s { int a; int b; char a; struct { int b; }; };
// err:                                ^
// err: struct-member-duplicate.c:8:16: note: previous declaration is here
// err:  struct s { int a; int b; char a; struct { int b; }; };
// err:                 ^
struct s { int a; int b; char a; struct { int b; }; };
