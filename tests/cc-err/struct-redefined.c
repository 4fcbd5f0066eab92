// exit: 1
struct s { int a; };
struct s { int b; };
enum e { a };
enum e { b };
enum f { a };
