// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/draincard.h"

#include <QtWidgets/QFrame>

QT_BEGIN_NAMESPACE
class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
QT_END_NAMESPACE

namespace qproxysql {

class VerdictBanner;

/// The progress and verdict of a drain. Hidden without a drain.
class DrainCardWidget : public QFrame
{
    Q_OBJECT

public:
    explicit DrainCardWidget(QWidget *parent = nullptr);

    void setCard(const DrainCard &card);
    const DrainCard &card() const { return m_card; }

Q_SIGNALS:
    void resumeWanted(const QString &peer);
    void reportWanted(const QString &peer);

protected:
    void changeEvent(QEvent *event) override;

private:
    void addRows();
    void showCard();
    void showChecks();
    void showVerdict();

    DrainCard m_card;
    QLabel *m_glyph;
    QLabel *m_title;
    QLabel *m_who;
    QPushButton *m_resume;
    QPushButton *m_report;
    QProgressBar *m_bar;
    QLabel *m_progress;
    QGridLayout *m_checks;
    QList<QLabel *> m_marks;
    QList<QLabel *> m_texts;
    VerdictBanner *m_verdict;
};

} // namespace qproxysql
