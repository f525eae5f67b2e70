// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replay/notreplayed.h"

namespace qproxysql {

QLatin1String NotReplayed::name() const
{
    switch (reason) {
    case Rules:
        break;
    case Limit:
        return QLatin1String("limit");
    case Statement:
        return QLatin1String("statement");
    case State:
        return QLatin1String("state");
    case Table:
        return QLatin1String("table");
    case Keys:
        return QLatin1String("keys");
    case Conflict:
        return QLatin1String("conflict");
    case Changed:
        return QLatin1String("changed");
    case Time:
        return QLatin1String("time");
    case Library:
        return QLatin1String("library");
    }
    return QLatin1String("rules");
}

} // namespace qproxysql
