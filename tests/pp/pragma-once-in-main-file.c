// err~: #pragma once in main file
// out: after
#pragma once
after
