// out: yes
// out: yes
// out: yes
#if __has_attribute(packed) && __has_attribute(__packed__) && !__has_attribute(nonsense)
yes
#endif
#if __has_builtin(__builtin_expect) && !__has_builtin(nonsense)
yes
#endif
#if !__has_feature(nonsense) && !__has_extension(nonsense)
yes
#endif
