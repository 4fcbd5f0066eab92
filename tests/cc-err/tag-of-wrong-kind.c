// exit: 1
struct s { int a; };
union s v;
enum s { x };
