// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "connection/lastingpins.h"

#include <algorithm>

namespace qproxysql {

using namespace std::chrono_literals;

namespace {

constexpr auto LastingAfter = 30s;
constexpr int LastingStatements = 10;

} // namespace

QStringList LastingPins::note(const QStringList &pins, quint64 revision, TimePoint now)
{
    if (revision != m_revision) {
        m_revision = revision;
        update(pins, now);
    }
    QStringList lasting;
    for (Pin &pin : m_pins) {
        if (pin.statements++ >= LastingStatements && now - pin.since >= LastingAfter)
            lasting += pin.name;
    }
    if (lasting.isEmpty())
        return lasting;
    std::erase_if(m_pins, [&lasting](const Pin &pin) { return lasting.contains(pin.name); });
    m_told += lasting;
    return lasting;
}

void LastingPins::update(const QStringList &pins, TimePoint now)
{
    std::erase_if(m_pins, [&pins](const Pin &pin) { return !pins.contains(pin.name); });
    for (const QString &name : pins) {
        const bool isKnown = m_told.contains(name)
                             || std::ranges::find(m_pins, name, &Pin::name) != m_pins.end();
        if (!isKnown)
            m_pins.push_back({name, now});
    }
}

} // namespace qproxysql
