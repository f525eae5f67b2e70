// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

namespace qproxysql {

/// What the kernel knows of the network path of one TCP connection. A peer that is slow, is frozen or has a
/// full receive window still acknowledges data; acknowledgements stop only when the path or the host is
/// gone.
struct PathState
{
    qint64 unacknowledged = 0; ///< bytes that were written and not acknowledged
    int attempts = 0; ///< consecutive retransmissions of the oldest of them, or of a window probe
    quint64 acknowledged = 0; ///< bytes acknowledged since the connect

    bool isUnanswered() const { return unacknowledged > 0 && attempts > 0; }
};

} // namespace qproxysql
