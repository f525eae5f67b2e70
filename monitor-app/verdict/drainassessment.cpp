// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "verdict/drainassessment.h"

#include <algorithm>

namespace qproxysql {

bool DrainAssessment::has(QLatin1StringView check, DrainCheck::State wanted) const
{
    return std::ranges::any_of(checks, [&](const DrainCheck &one) {
        return one.name == check && one.state == wanted;
    });
}

bool DrainAssessment::isBlind() const
{
    return has(QLatin1StringView("quiet"), DrainCheck::State::NotChecked);
}

} // namespace qproxysql
