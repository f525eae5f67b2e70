// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

namespace qproxysql {

/// What the kernel knows of the way to the peer on one TCP connection. A peer that is slow, frozen or
/// has a full receive window acknowledges all the same; only the path, or the host, being gone keeps
/// acknowledgements away.
struct PathState
{
    qint64 unacknowledged = 0; ///< bytes given to the socket that the other side has not acknowledged
    int attempts = 0; ///< how often in a row the oldest of them, or a probe, was repeated in vain
    quint64 acknowledged = 0; ///< bytes that it has, since the connection exists

    bool isUnanswered() const { return unacknowledged > 0 && attempts > 0; }
};

} // namespace qproxysql
