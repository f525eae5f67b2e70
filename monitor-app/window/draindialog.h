// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/drainforecast.h"

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace qproxysql {

/// Asks whether to drain peers and shows live facts: pass each new view to setView(). Draining a
/// pool's last healthy peer requires typing the pool's name; several peers that would leave a pool
/// without one are refused. Does not drain by itself: wanted() returns a request for each. Use
/// open(), not exec().
class DrainDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a command: the options of an equivalent qproxysql-ctl command line.
    DrainDialog(const QStringList &peers, const QStringList &command, QWidget *parent = nullptr);

    void setView(const ClusterView &view);

Q_SIGNALS:
    void wanted(const qproxysql::DrainRequest &request);

private:
    void addGuard();
    void addButtons();
    QString landingLines(const DrainForecast &forecast) const;
    void showWarnings(const DrainForecast &forecast);
    void checkGuard();
    bool isLast() const { return !m_lastIn.isEmpty(); }
    bool isConfirmed() const; ///< the pool's name was typed
    QList<DrainRequest> requests() const;
    QString shortName() const;
    void copyCommand();

    const QStringList m_peers;
    const QStringList m_command;
    bool m_isDrainable = false;
    QString m_lastIn; ///< the pool that would have no healthy peer left; empty: none
    QLabel *m_sessions;
    QLabel *m_landings;
    QLabel *m_others;
    QLabel *m_warnings;
    QLineEdit *m_reason;
    QWidget *m_guardBox = nullptr;
    QLabel *m_guardText = nullptr;
    QLineEdit *m_guard = nullptr;
    QPushButton *m_drain = nullptr;
};

} // namespace qproxysql
