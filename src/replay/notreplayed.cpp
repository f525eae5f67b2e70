// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "replay/notreplayed.h"

#include "config/coretexts.h"

namespace qproxysql {

NotReplayed NotReplayed::ofLibrary()
{
    return {Library, CoreTexts::tr("results of this client library are not read by QPROXYSQL")};
}

NotReplayed NotReplayed::tooLate()
{
    return {Time, CoreTexts::tr("OPEN_DEADLINE has passed")};
}

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
    case NoPeer:
        return QLatin1String("nopeer");
    case Library:
        return QLatin1String("library");
    }
    return QLatin1String("rules");
}

} // namespace qproxysql
