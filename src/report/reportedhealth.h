// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/enumname.h"
#include "pool/health.h"

namespace qproxysql {

/// A peer's health in a report. An unknown state of a later version counts as Down and keeps its name. Value
/// type.
class ReportedHealth
{
public:
    ReportedHealth(Health health = Health::Unknown)
        : m_value(health)
    {
    }
    static ReportedHealth named(const QString &name) ///< empty: Unknown
    {
        const auto known = enumNamed<Health>(name);
        ReportedHealth health(known.value_or(name.isEmpty() ? Health::Unknown : Health::Down));
        if (!known)
            health.m_unknownName = name;
        return health;
    }

    Health value() const { return m_value; }
    bool isOfLaterVersion() const { return !m_unknownName.isEmpty(); }
    QString name() const { return isOfLaterVersion() ? m_unknownName : enumName(m_value); }

    bool isUp() const { return m_value == Health::Up; }
    bool isDown() const ///< not usable for applications
    {
        return !isUp() && m_value != Health::Unknown && m_value != Health::Suspect;
    }

    friend bool operator==(const ReportedHealth &, const ReportedHealth &) = default;

private:
    Health m_value;
    QString m_unknownName{};
};

} // namespace qproxysql
