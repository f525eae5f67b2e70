// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/qglobal.h>

namespace qproxysql::sandbox {

/// Wakes a thread that waits in poll(). wake() from any thread.
class WakePipe
{
public:
    WakePipe();
    ~WakePipe();
    Q_DISABLE_COPY_MOVE(WakePipe)

    int descriptor() const { return m_descriptors[0]; }
    void wake();
    void drain();

private:
    int m_descriptors[2] = {-1, -1};
};

} // namespace qproxysql::sandbox
