// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/attentionbox.h"

#include "config/enumname.h"
#include "window/desktop.h"
#include "window/monitorsettings.h"
#include "window/notifications.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>

using namespace Qt::StringLiterals;

namespace qproxysql {

AttentionBox::AttentionBox(const MonitorSettings &settings, const Desktop &desktop, QWidget *parent)
    : QGroupBox(tr("When nobody looks"), parent)
    , m_icon(addBox(u"trayIcon"_s, tr("&Icon in the tray, with the worst state"),
                    settings.showsTrayIcon()))
    , m_close(addBox(u"closeToTray"_s, tr("C&lose the window to the tray"), settings.closesToTray()))
{
    auto *const grid = new QGridLayout(this);
    const auto addNote = [this, grid](const QString &name, const QString &text) {
        auto *const note = new QLabel(text, this);
        note->setObjectName(name);
        grid->addWidget(note, grid->rowCount(), 0, 1, -1);
    };
    constexpr int Columns = 3;
    grid->addWidget(m_icon, 0, 0, 1, 2);
    grid->addWidget(m_close, 0, 2);
    const bool hasTray = desktop.hasTray();
    if (!hasTray)
        addNote(u"noTray"_s, tr("This desktop has no tray."));
    m_icon->setEnabled(hasTray);
    m_close->setEnabled(hasTray && m_icon->isChecked());
    connect(m_icon, &QCheckBox::toggled, m_close, &QWidget::setEnabled);
    grid->addWidget(new QLabel(tr("Desktop notifications:"), this), grid->rowCount(), 0, 1, -1);
    const int first = grid->rowCount();
    const bool hasNotifications = desktop.hasNotifications();
    for (const ClusterEvent::Kind kind : Notifications::Kinds) {
        QCheckBox *const box = addBox(u"notify"_s + enumName(kind), Notifications::titleOf(kind),
                                      settings.isNotifiedOf(kind));
        box->setEnabled(hasNotifications);
        grid->addWidget(box, first + int(m_kinds.size()) / Columns, int(m_kinds.size()) % Columns);
        m_kinds.append(box);
    }
    if (!hasNotifications)
        addNote(u"noNotifications"_s, tr("This desktop shows no notifications."));
}

QCheckBox *AttentionBox::addBox(const QString &name, const QString &text, bool isOn)
{
    auto *const box = new QCheckBox(text, this);
    box->setObjectName(name);
    box->setAccessibleName(QString(text).remove(u'&'));
    box->setChecked(isOn);
    return box;
}

void AttentionBox::save(MonitorSettings *settings) const
{
    settings->setShowsTrayIcon(m_icon->isChecked());
    settings->setClosesToTray(m_close->isChecked());
    for (qsizetype i = 0; i < m_kinds.size(); ++i)
        settings->setNotifiedOf(Notifications::Kinds[size_t(i)], m_kinds.at(i)->isChecked());
}

} // namespace qproxysql
