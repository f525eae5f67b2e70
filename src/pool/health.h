// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QMetaType>

namespace qproxysql {

Q_NAMESPACE

/// The observed state of a peer.
enum class Health {
    Unknown,      ///< not tried yet: selectable
    Up,           ///< answers: selectable
    Suspect,      ///< something was lost on it; a probe decides
    Down,         ///< refused, closed or timed out
    NotReady,     ///< answers, but refuses work (Galera without quorum, offline_mode, ...)
    Overloaded,   ///< no connection slot left (1040 and similar): skipped for 1-2 s
    Blocked,      ///< 1129: this host is blocked there until FLUSH HOSTS
    Misconfigured ///< e.g. TLS certificate refused: the operator has to fix it
};
Q_ENUM_NS(Health)

/// The state that an operator requests of a peer; independent of health.
enum class Service { InService, Draining };
Q_ENUM_NS(Service)

} // namespace qproxysql
