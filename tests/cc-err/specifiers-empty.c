int;
struct { int a; };
typedef int;
static;
;
