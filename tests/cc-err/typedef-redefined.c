// exit: 1
// err: typedef-redefined.c:10:14: error: conflicting types for 't'; have 'long int'
// err:  typedef long t;
// err:               ^
// err: typedef-redefined.c:8:13: note: previous declaration of 't' was here
// err:  typedef int t;
// err:              ^
typedef int t;
typedef int t;
typedef long t;
