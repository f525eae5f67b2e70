// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

QT_BEGIN_NAMESPACE
class QLabel;
class QStatusBar;
QT_END_NAMESPACE

namespace qproxysql {

class MonitorSources;
class PoolPage;

/// "4 of 5 reachable · every 1 s · read-write · 2 new events" and "TLS" in a status bar.
class StatusLine
{
public:
    explicit StatusLine(QStatusBar *bar);

    /// \a page: the current one; nullptr: none.
    void show(const MonitorSources &sources, const PoolPage *page);

private:
    QLabel *m_text;
    QLabel *m_tls;
};

} // namespace qproxysql
