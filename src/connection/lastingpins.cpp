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

SessionPins LastingPins::note(SessionPins pins, quint64 revision, TimePoint now)
{
    if (revision != m_revision) {
        m_revision = revision;
        update(pins, now);
    }
    SessionPins lasting;
    for (Pin &known : m_pins) {
        if (known.statements++ >= LastingStatements && now - known.since >= LastingAfter)
            lasting |= known.pin;
    }
    if (lasting) {
        std::erase_if(m_pins, [lasting](const Pin &known) { return lasting.testFlag(known.pin); });
        m_reported |= lasting;
    }
    return lasting;
}

void LastingPins::update(SessionPins pins, TimePoint now)
{
    std::erase_if(m_pins, [pins](const Pin &known) { return !pins.testFlag(known.pin); });
    SessionPins added = pins & ~m_reported;
    for (const Pin &known : m_pins)
        added.setFlag(known.pin, false);
    for (const SessionPinInfo &info : sessionPins()) {
        if (added.testFlag(info.pin))
            m_pins.push_back({info.pin, now});
    }
}

} // namespace qproxysql
