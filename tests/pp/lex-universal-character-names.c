// out: 1 1
#define \u00e9t\u00e9 1
été \u00e9t\u00e9
